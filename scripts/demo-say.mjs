// What the demo says while it works, with the seconds since it began.
const began = Date.now();
let lastProgress = '';

/** One line that moves on a terminal; elsewhere only what is new. */
export function progress(text) {
  if (text === lastProgress) return;
  lastProgress = text;
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${text}`);
  else say(text);
}

export function say(text) {
  const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(5);
  process.stdout.write(`${process.stdout.isTTY ? '\r\u001b[K' : ''}${seconds} s  ${text}\n`);
}
