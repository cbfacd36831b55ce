'use strict';
// The first of our files that Node reads, in the JavaScript of 2009: a Node too old for the rest, or a bundle that is
// missing or broken, must still end in the real pip.
//
//   node start.cjs NAME REAL_PIP ARGUMENT…     from shims/pip: intercept.cjs' main(name, realPip, arguments, before)
//   node start.cjs --command ARGUMENT…         from shims/pip-detour: cli.cjs' main(arguments)
//
// Both mains give a promise. When intercept's is rejected with an error whose `started` is not true, nothing has been
// run yet, and the real pip is. `before` is usually empty; see exactVariables.

var fs = require('fs');
var path = require('path');
var childProcess = require('child_process');

var oldest = [18, 19];

function isRecent() {
  var parts = process.versions.node.split('.').map(Number);
  return parts[0] > oldest[0] || (parts[0] === oldest[0] && parts[1] >= oldest[1]);
}

function tooOld() {
  return (
    'Node ' + oldest.join('.') + ' or newer is needed, ' + process.execPath + ' is ' + process.versions.node
  );
}

function warn(message) {
  // With stderr closed there is nobody to tell.
  try {
    fs.writeSync(2, 'pip-detour: ' + message + '\n');
  } catch (_error) {}
}

function because(error) {
  return String((error && error.message) || error).split('\n')[0];
}

/** The environment as the person has it: what the shim kept from Node is given back. */
function personsEnvironment() {
  var own = '_PIP_DETOUR_';
  var kept = own + 'KEPT_';
  var result = {};
  Object.keys(process.env).forEach(function (name) {
    if (name.indexOf(own) !== 0) result[name] = process.env[name];
  });
  Object.keys(process.env).forEach(function (name) {
    if (name.indexOf(kept) === 0) result[name.slice(kept.length)] = process.env[name];
  });
  return result;
}

/** The NUL-separated strings of a file of Linux' /proc, one character per byte; none elsewhere. */
function bytesOf(file) {
  try {
    return fs.readFileSync(file, 'binary').replace(/\0$/, '').split('\0');
  } catch (_error) {
    return [];
  }
}

/** Node knows text, not bytes: what is not UTF-8 has become U+FFFD. */
function isLost(bytes) {
  // Before Node 6 there is no Buffer.from.
  if (parseInt(process.versions.node, 10) < 6) return false;
  var text = Buffer.from(bytes, 'binary').toString();
  return text.indexOf('\ufffd') >= 0 && Buffer.from(text).toString('binary') !== bytes;
}

/** Shell code that puts these bytes into the variable `name`. The x holds on to newlines at the end. */
function assignment(name, bytes) {
  var format = bytes.replace(/[^A-Za-z0-9_./:=@+,-]/g, function (byte) {
    return '\\' + ('00' + byte.charCodeAt(0).toString(8)).slice(-3);
  });
  return name + "=$(printf '" + format + "x')\n" + name + '=${' + name + '%x}\n';
}

/** Shell code that sets the variables whose bytes Node has lost to what they were; empty where none was. */
function variablesCode() {
  var isText = Object.keys(process.env).every(function (name) {
    return process.env[name].indexOf('\ufffd') < 0;
  });
  if (isText) return '';
  return bytesOf('/proc/self/environ')
    .map(function (entry) {
      var parts = /^(?:_PIP_DETOUR_KEPT_)?([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/.exec(entry);
      return parts && isLost(parts[2]) ? assignment(parts[1], parts[2]) + 'export ' + parts[1] + '\n' : '';
    })
    .join('');
}

/** What to put before a command line so that its program sees every variable byte for byte: nothing, or a shell. */
function exactVariables() {
  var code = variablesCode();
  return code === '' ? [] : ['/bin/sh', '-c', code + 'exec "$@"', 'sh'];
}

/** The real pip's command line where an argument is not UTF-8; undefined where all are. */
function exactArguments() {
  if (process.argv.join('\n').indexOf('\ufffd') < 0) return undefined;
  var words = bytesOf('/proc/self/cmdline').slice(-(process.argv.length - 3));
  if (!words.some(isLost)) return undefined;
  var code = words.map(function (word) {
    return isLost(word)
      ? assignment('_pd_word', word) + 'set -- "$@" "$_pd_word"; shift\n'
      : 'set -- "$@" "$1"; shift\n';
  });
  var given = ['/bin/sh', '-c', variablesCode() + code.join('') + 'exec "$@"', 'sh'];
  return given.concat(process.argv.slice(3));
}

/** Runs the real pip in our place and ends as it ended. Signals as in src/process.ts. */
function runInstead(command) {
  var child = childProcess.spawn(command[0], command.slice(1), {
    stdio: 'inherit',
    env: personsEnvironment(),
  });
  ['SIGINT', 'SIGQUIT'].forEach(function (signal) {
    process.on(signal, function () {});
  });
  ['SIGTERM', 'SIGHUP'].forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal);
    });
  });
  child.on('error', function (error) {
    warn(command[0] + ' cannot be started: ' + error.message);
    process.exit(error.code === 'ENOENT' ? 127 : 126);
  });
  child.on('exit', function (code, signal) {
    if (signal === null) process.exit(code);
    // Raising SIGUSR1 in Node opens its debugger instead of ending it.
    if (signal === 'SIGUSR1') process.exit(138);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** The promise of a bundle's main, or undefined after `fail` was told why there is none. */
function start(bundle, args, fail) {
  if (!isRecent()) return fail(tooOld());
  var settled = false;
  // A main that neither ends nor waits for anything would otherwise be a silent success.
  process.on('beforeExit', function () {
    if (settled) return;
    settled = true;
    warn(bundle + ' stopped half-way');
    process.exitCode = 1;
  });
  try {
    require(path.join(__dirname, bundle))
      .main.apply(undefined, args)
      .then(
        function () {
          settled = true;
        },
        function (error) {
          settled = true;
          fail(because(error), error);
        }
      );
  } catch (error) {
    settled = true;
    fail(because(error), error);
  }
}

function intercept(name, realPip, args) {
  var exact = exactArguments();
  if (exact !== undefined) return runInstead(exact);
  var before = exactVariables();
  start('intercept.cjs', [name, realPip, args, before], function (reason, error) {
    if (error && error.started === true) {
      warn(reason);
      process.exitCode = process.exitCode || 1;
      return;
    }
    warn(reason + '; running the real pip');
    runInstead(before.concat(realPip, args));
  });
}

function command(args) {
  // yargs and whoever else reads process.argv find it as if cli.cjs had been started.
  process.argv.splice(1, 2, path.join(__dirname, 'cli.cjs'));
  start('cli.cjs', [args], function (reason) {
    warn(reason);
    process.exitCode = process.exitCode || 1;
  });
}

if (process.argv[2] === '--command') command(process.argv.slice(3));
else intercept(process.argv[2], process.argv[3], process.argv.slice(4));
