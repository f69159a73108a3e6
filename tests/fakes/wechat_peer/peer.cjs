// Tencent's cipher behind lines of JSON: {do, key, token, timestamp, nonce, text, id}, one answer for each line.
const { decrypt, encrypt, getSignature } = require('@wecom/crypto');
const readline = require('readline');

const ways = {
  seal: (asked) => encrypt(asked.key, asked.text, asked.id),
  open: (asked) => { const found = decrypt(asked.key, asked.text); return [found.message, found.id]; },
  sign: (asked) => getSignature(asked.token, asked.timestamp, asked.nonce, asked.text),
};
readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const asked = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(ways[asked.do](asked))}\n`);
});
