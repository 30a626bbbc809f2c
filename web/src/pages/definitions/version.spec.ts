import { openedWith, whenRead, whenSaved, whenTyped } from './version';

describe('the version that a text in the editor stands upon', () => {
  it('is the newest that was read, as long as nothing is typed', () => {
    expect(whenRead(openedWith('a'), 'b')).toEqual(openedWith('b'));
  });

  it('is that of a save before it is read again, and then what is read', () => {
    const saved = whenSaved(whenTyped(openedWith('a')), 'b');
    expect(whenRead(saved, 'a')).toMatchObject({ etag: 'b', opened: 'a' });
    expect(whenRead(saved, 'b')).toEqual(openedWith('b'));
  });

  it('keeps what was typed after a save, upon the version that the save made', () => {
    const typed = whenTyped(whenSaved(whenTyped(openedWith('a')), 'b'));
    expect(whenRead(typed, 'b')).toMatchObject({ etag: 'b', opened: 'a', isTyped: true });
  });

  it('keeps what was typed where somebody else saved: a save of it is refused', () => {
    expect(whenRead(whenTyped(openedWith('a')), 'x')).toMatchObject({ etag: 'a', opened: 'a' });
  });
});
