// The media types of the practice provider, of two thousand that its framework would read each time it starts.
module.exports = {
  'application/json': { charset: 'UTF-8', compressible: true, extensions: ['json'] },
  'application/x-www-form-urlencoded': { compressible: true },
  'text/html': { charset: 'UTF-8', compressible: true, extensions: ['html'] },
  'text/plain': { charset: 'UTF-8', compressible: true, extensions: ['txt'] },
}
