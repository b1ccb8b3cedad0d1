exports.Response = class Response {}
