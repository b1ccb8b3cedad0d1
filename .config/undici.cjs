// The parts of undici that this program uses. Its front door loads fetch, WebSockets and caches as well: more than the
// rest of a walk together.
const Dispatcher = require('undici/lib/dispatcher/dispatcher.js')
Object.assign(Dispatcher.prototype, { request: require('undici/lib/api/api-request.js') })

module.exports = {
  Agent: require('undici/lib/dispatcher/agent.js'),
  Client: require('undici/lib/dispatcher/client.js'),
  buildConnector: require('undici/lib/core/connect.js'),
  errors: require('undici/lib/core/errors.js'),
}
