// telegram-test-api with what it lacks of the Bot API: a bot that says it is one, times in seconds, the secret header.
// Usage: node peer.cjs PORT, in a folder where telegram-test-api is installed.
const axios = require('axios');
const TelegramServer = require('telegram-test-api');

class Peer extends TelegramServer {
  addBotMessage(message, token) {
    const added = super.addBotMessage(message, token);
    return { ...added, date: Math.floor(added.date / 1000), chat: { ...added.chat, first_name: 'Person' } };
  }

  async addUserUpdate(update) {
    const webhook = this.webhooks[update.botToken];
    if (!webhook) return super.addUserUpdate(update);
    const content = TelegramServer.formatUpdate(update);
    this.updateId += 1;
    const headers = { 'X-Telegram-Bot-Api-Secret-Token': webhook.secret_token || '' };
    return axios.post(webhook.url, content, { headers });
  }
}

const peer = new Peer({ port: Number(process.argv[2]), host: '127.0.0.1', storeTimeout: 3600 });
peer.start().then(() => process.stdout.write('ready\n'));
