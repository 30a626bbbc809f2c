import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmailConfig } from '../../src/config/config';
import { MailTarget } from '../../src/mail/mail-target';
import type { Parcel } from '../../src/reports/delivery/parcel';
import { NotDelivered } from '../../src/reports/delivery/report-target';
import { selfSigned } from '../support/certificate';
import { TestMailServer } from '../support/mail-server';

const LOGIN = { user: 'reports', password: 'a password of nobody else' };
const PARCEL: Parcel = {
  id: '0123456789abcdef0123456789abcdef',
  month: '2026-10',
  subject: 'Relatório de disponibilidade · outubro de 2026 · faciliauto',
  text: '3 de 4 objetivos atingidos\n',
  language: 'pt',
  files: [
    { name: 'uptime-2026-10.html', contentType: 'text/html; charset=utf-8', content: '<p>ção</p>' },
    {
      name: 'uptime-2026-10.xlsx',
      contentType: 'application/x',
      content: Uint8Array.of(0, 255, 13),
    },
  ],
};
const NO_TLS = {
  certFile: null,
  keyFile: null,
  serverName: 'mail.test',
  insecureSkipVerify: false,
};

describe('reports by mail', () => {
  let dir: string;
  let own: Awaited<ReturnType<typeof selfSigned>>;
  let server: TestMailServer;
  let cut: AbortController;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'slowburn-mail-'));
    own = await selfSigned(dir, 'mail.test');
  });
  afterAll(() => rm(dir, { recursive: true }));
  beforeEach(async () => {
    cut = new AbortController();
    await writeFile(join(dir, 'password'), `${LOGIN.password}\n`);
    server = await new TestMailServer({ tls: own, login: LOGIN }).open();
  });
  afterEach(async () => {
    cut.abort();
    await server.close();
  });

  const targetWith = (over: Partial<EmailConfig> = {}): MailTarget =>
    new MailTarget(
      { name: 'customer' },
      {
        ...{ kind: 'email', host: '127.0.0.1', port: server.port, encryption: 'starttls' },
        tls: { ...NO_TLS, caFile: own.caFile },
        auth: { username: LOGIN.user, passwordFile: join(dir, 'password') },
        ...{ from: 'reports@example.com', fromName: 'FacilIAuto, Ltda "x"' },
        ...{ to: ['ana@example.com', 'bia@example.com'], timeoutSeconds: 5 },
        ...over,
      },
    );
  const deliver = (target: MailTarget, reached: readonly string[] = [], parcel = PARCEL) =>
    target.deliver(parcel, reached, cut.signal).then(
      (all) => ({ reached: all, failure: null }),
      (failure: unknown) => {
        if (failure instanceof NotDelivered) return { reached: failure.reached, failure };
        throw failure;
      },
    );

  it('come encrypted, to all, with their files as they were', async () => {
    const { reached } = await deliver(targetWith());
    expect(reached).toEqual(['ana@example.com', 'bia@example.com']);
    const [message] = server.received;
    const email = message?.email;
    expect(message).toMatchObject({ encrypted: true, user: LOGIN.user, to: reached });
    expect(email).toMatchObject({
      subject: PARCEL.subject,
      from: { name: 'FacilIAuto, Ltda "x"', address: 'reports@example.com' },
      messageId: `<report-${PARCEL.id}@example.com>`,
      text: expect.stringContaining('3 de 4 objetivos atingidos') as string,
    });
    expect(email?.to?.map(({ address }) => address)).toEqual(reached);
    expect(email?.attachments.map(({ filename }) => filename)).toEqual(
      PARCEL.files.map(({ name }) => name),
    );
    const contents = email?.attachments.map(({ content }) => Buffer.from(content as ArrayBuffer));
    expect(contents).toEqual(PARCEL.files.map(({ content }) => Buffer.from(content as string)));
  });

  it('come over TLS from the start as well', async () => {
    await server.close();
    server = await new TestMailServer({ tls: { ...own, fromTheStart: true }, login: LOGIN }).open();
    expect((await deliver(targetWith({ encryption: 'tls' }))).failure).toBeNull();
    expect(server.received).toMatchObject([{ encrypted: true, user: LOGIN.user }]);
  });

  it.each([
    ['a certificate that nobody vouches for', { tls: null }, /self-signed certificate/],
    ['a certificate of another name', { tls: 'other' }, /does not match certificate's altnames/],
    ['no STARTTLS, where it is asked for', { plain: true }, /refuses it|STARTTLS|is not reached/],
    ['a wrong password', { password: 'wrong' }, /^the mail server refuses the login \(\d+\)$/],
    ['a password that cannot be read', { password: null }, /auth\.passwordFile .*ENOENT/],
  ])('do not go to a server with %s', async (_what, wrong, says) => {
    const { tls, plain, password } = wrong as {
      readonly tls?: null | 'other';
      readonly plain?: boolean;
      readonly password?: string | null;
    };
    if (plain === true) {
      await server.close();
      server = await new TestMailServer({ login: LOGIN }).open();
    }
    if (password === null) await rm(join(dir, 'password'));
    else if (password !== undefined) await writeFile(join(dir, 'password'), password);
    const over =
      tls === undefined
        ? {}
        : { tls: tls === null ? null : { ...NO_TLS, caFile: own.caFile, serverName: 'evil.test' } };
    const { failure } = await deliver(targetWith(over));
    expect(failure?.message).toMatch(says);
    expect(failure?.away).toBe(true);
    expect(server.received).toEqual([]);
  });

  it('never show a password, though the server repeats it', async () => {
    await writeFile(join(dir, 'password'), 'hunter2-hunter2');
    const { failure } = await deliver(targetWith());
    expect(failure?.message).not.toContain('hunter2');
  });

  it('go again to whom was refused, and to nobody else, as the same message', async () => {
    server.refused.add('bia@example.com');
    const target = targetWith();
    const first = await deliver(target);
    expect(first.failure).toMatchObject({
      message: 'no. 2 of the recipients was refused',
      away: false,
    });
    expect(first.reached).toEqual(['ana@example.com']);
    server.refused.clear();
    const second = await deliver(target, first.reached);
    expect(second.reached).toEqual(['ana@example.com', 'bia@example.com']);
    expect(server.received.map(({ to }) => to)).toEqual([['ana@example.com'], ['bia@example.com']]);
    const [one, other] = server.received;
    expect(other?.email.messageId).toBe(one?.email.messageId);
    expect((await deliver(target, second.reached)).reached).toEqual(second.reached);
    expect(server.received).toHaveLength(2);
  });

  it('fail one by one where every recipient or the message itself is refused', async () => {
    server.refused.add('ana@example.com').add('bia@example.com');
    const all = await deliver(targetWith());
    expect(all).toMatchObject({ reached: [], failure: { away: false } });
    expect(all.failure?.message).toMatch(/^the mail server refuses it \(550\) after RCPT TO$/);
    server.refused.clear();
    server.refusal = { code: 552, text: 'too large, ana@example.com' };
    const large = await deliver(targetWith());
    expect(large.failure).toMatchObject({ away: false });
    expect(large.failure?.message).toMatch(/^the mail server refuses it \(552\) after DATA$/);
  });

  it('wait for a server that is down', async () => {
    const target = targetWith();
    await server.close();
    const { failure } = await deliver(target);
    expect(failure?.message).toMatch(/^the mail server is not reached: .*ECONNREFUSED/);
    expect(failure?.away).toBe(true);
    await server.open();
    expect((await deliver(target)).failure).toBeNull();
    expect(server.received).toHaveLength(1);
  });

  it('have no header that a text has smuggled in', async () => {
    const parcel = { ...PARCEL, subject: 'a\r\nBcc: eve@example.com\r\n\r\nbody' };
    await deliver(targetWith(), [], parcel);
    const [message] = server.received;
    expect(message?.email.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(message?.to).toEqual(['ana@example.com', 'bia@example.com']);
  });
});
