'use strict';
// The first of our files that Node reads, in the JavaScript of 2009: a Node too old for the rest, or a bundle that is
// missing or broken, must still end in the real pip.
//
//   node start.cjs NAME REAL_PIP ARGUMENT...     from shims/pip: intercept.cjs' main(name, realPip, arguments, inherited)
//   node start.cjs --command ARGUMENT...         from shims/pip-detour: cli.cjs' main(arguments)
//
// Both mains give a promise. When intercept's is rejected with an error whose `started` is not true, nothing has been
// run yet, and the real pip is. For `inherited` see inheritance().

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

/** Shell code that puts these bytes into the variable `name`. The x keeps newlines at the end, and `-` from the start. */
function assignment(name, bytes) {
  var format = bytes.replace(/[^A-Za-z0-9_./:=@+,-]/g, function (byte) {
    return '\\' + ('00' + byte.charCodeAt(0).toString(8)).slice(-3);
  });
  var trimmed = name + '=${' + name + '#x}\n' + name + '=${' + name + '%x}\n';
  return name + "=$(printf 'x" + format + "x')\n" + trimmed;
}

/** The variables that are not text, as the person has them: name and bytes. */
function lostVariables() {
  var isText = Object.keys(process.env).every(function (name) {
    return process.env[name].indexOf('\ufffd') < 0;
  });
  if (isText) return [];
  return bytesOf('/proc/self/environ')
    .map(function (entry) {
      return /^(?:_PIP_DETOUR_KEPT_)?([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/.exec(entry);
    })
    .filter(function (parts) {
      return parts && isLost(parts[2]);
    })
    .map(function (parts) {
      return { name: parts[1], bytes: parts[2] };
    });
}

/** What the shim noted of the process before Node changed it, by name; see _pd_note in shims/pip. */
function noted() {
  var result = {};
  String(process.env._PIP_DETOUR_STARTED || '')
    .split(' ')
    .forEach(function (entry) {
      var at = entry.indexOf('=');
      if (at > 0) result[entry.slice(0, at)] = entry.slice(at + 1);
    });
  return result;
}

/** The numbers of the signals in a hexadecimal mask of Linux' /proc/PID/status: bit 0 is signal 1. */
function inMask(mask) {
  var numbers = [];
  mask
    .split('')
    .reverse()
    .forEach(function (digit, at) {
      for (var bit = 0; bit < 4; bit += 1)
        if ((parseInt(digit, 16) >> bit) & 1) numbers.push(4 * at + bit + 1);
    });
  return numbers;
}

/** The signals the person has ignored, by the mask the shim noted. */
function signalNumbers(mask) {
  var numbers = inMask(mask);
  // Several shells ignore QUIT (3) themselves while they run a script; a caller who means it ignores INT (2) as well.
  return numbers.filter(function (number) {
    return number !== 3 || numbers.indexOf(2) >= 0;
  });
}

/** Shell code that undoes what Node did to this process: ignored signals made default, the limit of files raised. */
function processCode(was, ignored) {
  var code = ignored.length > 0 ? "trap '' " + ignored.join(' ') + '\n' : '';
  var limit = bytesOf('/proc/self/limits')
    .join('')
    .match(/^Max open files +(\S+)/m);
  if (/^\d+$/.test(was.files || '') && !(limit && limit[1] === was.files))
    code += 'ulimit -S -n ' + was.files + ' 2>/dev/null\n';
  return code;
}

/** Shell code that blocks again, for what it then runs, what Node unblocks for its children: GNU's env can, from 8.31 on. */
function blockingCode(blocked) {
  if (blocked.length === 0) return '';
  var env = '/usr/bin/env --block-signal=' + blocked.join(',');
  return 'if ' + env + ' true 2>/dev/null; then set -- ' + env + ' "$@"; fi\n';
}

/** The longest argument Linux takes is 131072 bytes; longer code is handed over in pieces. */
var longest = 100000;

/** A command line for a shell that runs `code` and then `ending`, with what follows the command line as arguments. */
function shell(code, ending) {
  var pieces = [];
  for (var at = 0; at < code.length; at += longest) pieces.push(code.slice(at, at + longest));
  if (pieces.length < 2) return ['/bin/sh', '-c', code + ending, 'sh'];
  var names = pieces.map(function (_piece, index) {
    return '${' + (index + 1) + '}';
  });
  var joined = '_pd_code="' + names.join('') + '"\nshift ' + pieces.length + '\neval "$_pd_code"\n';
  return ['/bin/sh', '-c', joined + ending, 'sh'].concat(pieces);
}

/** True when a descriptor the shim noted is open, and not something of Node's own that took its number since. */
function isTheirs(descriptor) {
  try {
    fs.fstatSync(descriptor);
  } catch (_error) {
    return false;
  }
  try {
    return fs.readlinkSync('/proc/self/fd/' + descriptor).indexOf('[event') < 0;
  } catch (_error) {
    return true;
  }
}

/** False in a directory that has been deleted, where every shell complains as it starts. */
function standsSomewhere() {
  try {
    return process.cwd() !== '';
  } catch (_error) {
    return false;
  }
}

/**
 * What the real pip must be started with to find everything as the person left it:
 * `before`: to be put before its command line, a shell or nothing; `descriptors`: those beyond 2 that Node has marked to
 * be closed; `lost`: variables that `before` sets, too long perhaps in what Node made of them; `ignored`: names of the signals the person has ignored, which Node would die of.
 */
function inheritance() {
  var was = noted();
  var numbers = signalNumbers(was.ignored || '');
  // Before Node 6.3 there are no os.constants.
  var signals = (require('os').constants || {}).signals || {};
  var lost = lostVariables();
  var variables = lost.map(function (variable) {
    return assignment(variable.name, variable.bytes) + 'export ' + variable.name + '\n';
  });
  var code = variables.join('') + processCode(was, numbers);
  var closed = (was.closed || '')
    .split('')
    .map(function (descriptor) {
      return ' ' + descriptor + (descriptor === '0' ? '<&-' : '>&-');
    })
    .join('');
  var blocking = blockingCode(inMask(was.blocked || ''));
  var ending = blocking + 'exec "$@"' + closed;
  return {
    code: code,
    ending: ending,
    before:
      (code === '' && closed === '' && blocking === '') || !standsSomewhere() ? [] : shell(code, ending),
    descriptors: (was.open || '')
      .split(',')
      .map(Number)
      .filter(function (descriptor) {
        return descriptor > 2 && isTheirs(descriptor);
      }),
    lost: lost.map(function (variable) {
      return variable.name;
    }),
    ignored: Object.keys(signals).filter(function (name) {
      return numbers.indexOf(signals[name]) >= 0;
    }),
  };
}

/** The real pip's command line, as in src/pip/start.ts: a Python stands for its own module pip. */
function pipWords(name, realPip, args) {
  var isPython = /^(?:(?:python|pypy)\d*(?:\.\d+)?t?|py)$/.test(path.basename(realPip));
  // The words between `python3` and `-m pip` are Python's own options.
  return [realPip].concat(isPython ? name.split(' ').slice(1, -2).concat('-m', 'pip') : [], args);
}

/** The real pip's command line where an argument is not UTF-8; undefined where all are. */
function exactArguments(inherited) {
  if (process.argv.join('\n').indexOf('\ufffd') < 0) return undefined;
  var bytes = bytesOf('/proc/self/cmdline').slice(-(process.argv.length - 3));
  var words = pipWords(process.argv[2], bytes[0], bytes.slice(1));
  if (!words.some(isLost)) return undefined;
  var code = words.map(function (word) {
    return isLost(word)
      ? assignment('_pd_word', word) + 'set -- "$@" "$_pd_word"; shift\n'
      : 'set -- "$@" "$1"; shift\n';
  });
  // What Node made of the lost ones may be too long for the system.
  var rest = pipWords(process.argv[2], process.argv[3], process.argv.slice(4)).map(function (word, at) {
    return isLost(words[at]) ? '' : word;
  });
  return shell(inherited.code + code.join(''), inherited.ending).concat(rest);
}

/** For `stdio` of a child: the three standard streams, and each descriptor of the person's under its own number. */
function streams(descriptors) {
  var result = ['inherit', 'inherit', 'inherit'];
  descriptors.forEach(function (descriptor) {
    while (result.length <= descriptor) result.push('ignore');
    result[descriptor] = descriptor;
  });
  return result;
}

/** Runs the real pip in our place and ends as it ended. Signals as in src/system/process.ts. */
function runInstead(command, inherited) {
  var environment = personsEnvironment();
  inherited.lost.forEach(function (name) {
    delete environment[name];
  });
  var child = childProcess.spawn(command[0], command.slice(1), {
    stdio: streams(inherited.descriptors),
    env: environment,
  });
  ['SIGINT', 'SIGQUIT'].forEach(function (signal) {
    process.on(signal, function () {});
  });
  ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGALRM'].forEach(function (signal) {
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
    // Node ignores PIPE and opens its debugger at USR1; what was listened to once takes its usual course afterwards.
    if (signal !== 'SIGKILL') process.on(signal, function () {});
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** Beside the bundles, or in the directory of links to a program that a package manager owns (src/setup/front.ts). */
function keptOf(name) {
  try {
    return fs.readFileSync(path.join(__dirname, name));
  } catch (_error) {
    return fs.readFileSync(path.join(process.argv[1], '../../cache', name));
  }
}

/**
 * What V8 kept of a bundle at installation: the data twice, then the source they are of (scripts/code-cache.mjs). V8
 * looks whether the data are its own version's, but would be ended by damaged ones, and takes any source of the same
 * length. To compare takes 0.1 ms; a digest would take 3, most of them to load node:crypto.
 */
function cachedCode(file, source) {
  try {
    var kept = keptOf(path.basename(file, 'cjs') + 'cache');
    var length = (kept.length - source.length) / 2;
    var data = kept.slice(0, length);
    var whole = data.equals(kept.slice(length, 2 * length)) && source.equals(kept.slice(2 * length));
    return length > 0 && whole ? data : undefined;
  } catch (_error) {
    return undefined;
  }
}

/** Loads our bundles with what V8 kept of them, where there is such a thing. */
function loadWithCodeCache() {
  var vm = require('vm');
  // What require('module') gives, without what it loads beside that.
  var Module = module.constructor;
  var fromHere = require;
  require.extensions['.cjs'] = function (module, file) {
    var source = fs.readFileSync(file);
    var cached = cachedCode(file, source);
    // The build leaves nothing but ASCII in them, which is not to be decoded.
    var text = source.toString('latin1');
    if (cached === undefined) {
      module._compile(text, file);
      return;
    }
    new vm.Script(Module.wrap(text), { filename: file, cachedData: cached })
      .runInThisContext()
      .call(module.exports, module.exports, fromHere, module, file, path.dirname(file));
  };
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
    loadWithCodeCache();
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
  var inherited = inheritance();
  inherited.ignored.forEach(function (signal) {
    process.on(signal, function () {});
  });
  var exact = exactArguments(inherited);
  // A pip that waits for our word goes on without it where we end without one.
  var waits = process.env._PIP_DETOUR_WAITING !== undefined;
  if (waits && exact !== undefined) process.exit(0);
  if (exact !== undefined) return runInstead(exact, inherited);
  start('intercept.cjs', [name, realPip, args, inherited], function (reason, error) {
    if (error && error.started === true) {
      warn(reason);
      process.exitCode = process.exitCode || 1;
      return;
    }
    if (waits) process.exit(0);
    warn(reason + '; running the real pip');
    runInstead(inherited.before.concat(pipWords(name, realPip, args)), inherited);
  });
}

function command(args) {
  if (!standsSomewhere()) {
    warn('no-directory: the directory you stand in is gone\nhint: cd "$HOME", and type it again');
    process.exitCode = 1;
    return;
  }
  // yargs and whoever else reads process.argv find it as if cli.cjs had been started.
  process.argv.splice(1, 2, path.join(__dirname, 'cli.cjs'));
  start('cli.cjs', [args], function (reason) {
    warn(reason);
    process.exitCode = process.exitCode || 1;
  });
}

if (process.argv[2] === '--command') command(process.argv.slice(3));
else intercept(process.argv[2], process.argv[3], process.argv.slice(4));
