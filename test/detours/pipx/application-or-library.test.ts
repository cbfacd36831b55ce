import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/detours/decide.ts';
import { detourById } from '../../../src/detours/index.ts';
import { recommendation } from '../../../src/detours/recommendation.ts';
import type { DetourId, IndexAnswer, Situation } from '../../../src/types.ts';
import { facts, thing, told } from '../../support/facts.ts';
import { pipx } from '../../support/situations.ts';

const program = { summary: 'A terminal app for things', commands: ['thing'] };
const tool = { summary: 'A tool for things', commands: ['thing'] };
const framework = { summary: 'A framework for things', commands: ['thing'] };
const script = { opening: 'A script for things.', says: ['described'], commands: ['thing'] };
const often = ['typed', 'typed-first', 'mostly-typed', 'described'];
const inProject = { project: { root: '/home/u/shop', because: 'pyproject.toml', python: true } };

const decided = (id: DetourId, situation: Situation) => {
  const detour = detourById(id);
  if (detour === undefined) throw new Error(id);
  return decide(detour, situation);
};

describe('application or library, by what a package says of itself', () => {
  it.each([
    ['a program for the terminal', program, 'pipx'],
    ['what its README has installed with pipx', { says: ['pipx', 'typed'], commands: ['t'] }, 'pipx'],
    ['a program without a command', { ...program, commands: [] }, 'venv'],
    ['a library with a command', { summary: 'A library for things', commands: ['thing'] }, 'venv'],
    ['a plugin with a command', { ...program, groups: ['pytest11'], extras: ['cli'] }, 'venv'],
    ['what is imported in its README', { ...program, says: ['import'] }, 'venv'],
    ['of which nothing but its commands is known', { commands: ['thing'] }, 'venv'],
    ['whose commands alone are shown, often', { says: often, commands: ['thing'] }, 'pipx'],
    ['a framework whose commands alone are shown', { ...framework, says: often }, 'pipx'],
    ['a framework of which an import is shown, too', { ...framework, says: [...often, 'import'] }, 'venv'],
    ['a tool whose commands are shown first', { ...tool, says: ['typed', 'typed-first', 'import'] }, 'pipx'],
    ['a tool whose import is shown first', { ...tool, says: ['typed', 'import'] }, 'venv'],
    ['a tool for a library', { ...tool, summary: 'A tool for SQLAlchemy', says: ['described'] }, 'venv'],
    ['what programs are made with', { ...program, summary: 'A CLI framework' }, 'venv'],
    ['a description that begins with a program', { ...tool, summary: '', opening: 'thing is a CLI' }, 'pipx'],
    [
      'one that begins with a library',
      { says: ['typed'], opening: 'A Python library', commands: ['t'] },
      'venv',
    ],
    [
      'a viewer that shows neither, with a command of its name',
      { ...program, summary: 'A viewer', says: ['described'] },
      'pipx',
    ],
    [
      'one with a command of another name',
      { summary: 'Views', says: ['described'], commands: ['other'] },
      'venv',
    ],
    [
      'a tool to be installed with pipx whose import comes first',
      { ...tool, says: ['pipx', 'typed', 'import'] },
      'pipx',
    ],
    [
      'a library to be installed with pipx',
      { summary: 'A library', says: ['pipx', 'import'], commands: ['thing'] },
      'venv',
    ],
    ['a script beside which there is nothing to import', { ...script, offers: 100 }, 'pipx'],
    ['a script beside which there is a lot', { ...script, offers: 9000 }, 'venv'],
    ['what is told to do something', { ...script, opening: '', summary: 'Rename files', offers: 0 }, 'pipx'],
    ['what is called by what it is', { ...script, opening: '', summary: 'Names of files' }, 'venv'],
    ['a tool that needs what draws on a screen', { ...tool, dependencies: ['textual>=1'] }, 'pipx'],
    ['one that needs what is only called alike', { ...tool, dependencies: ['textual-fx>=1'] }, 'venv'],
    ['a tool that answers browsers', { ...tool, dependencies: ['FastAPI'] }, 'pipx'],
    ['a tool that wants exact versions', { ...tool, dependencies: ['a==1', 'b[c]==2'] }, 'pipx'],
    ['one that wants one', { ...tool, dependencies: ['a==1', 'b; python_version == "3.8"'] }, 'venv'],
    ['a tool with many options', { ...tool, says: ['many-options'] }, 'pipx'],
    ['a tool that Homebrew has, too', { ...tool, says: ['other-installers'] }, 'pipx'],
    ['a script that tells its types', { ...script, offers: 100, typed: true }, 'venv'],
    ["what is given somebody's own code", { ...program, says: [...often, 'loads-code'] }, 'venv'],
    ['a tool that says nothing else', { ...tool, opening: '' }, 'pipx'],
    ['a tool that says what anybody might', tool, 'venv'],
    [
      'a tool whose command is shown before its import',
      {
        ...tool,
        summary: 'A tool for your things',
        says: ['typed', 'typed-before', 'import', 'many-options'],
      },
      'pipx',
    ],
    ['a tool that has to be beside others', { ...tool, says: ['typed', 'beside-others'] }, 'venv'],
    [
      'what provides an API first',
      { ...tool, opening: 'It provides an API for things.', says: ['described'] },
      'venv',
    ],
    ['what is imported, and never typed', { ...program, says: ['import', 'other-installers'] }, 'venv'],
    [
      'a server for agents that is imported, too',
      { summary: 'An MCP server', says: ['import', 'many-options'], commands: ['thing'] },
      'pipx',
    ],
    ['a tool that is added to projects', { ...tool, says: ['typed', 'added'] }, 'venv'],
    [
      "what runs somebody's tests",
      { ...script, opening: '', summary: 'A tool that runs tests', says: often },
      'venv',
    ],
    [
      "a tool for somebody's Kivy app",
      { ...tool, summary: 'A tool for your Kivy app', says: ['typed'] },
      'venv',
    ],
    [
      "what looks at somebody's requirements",
      { ...tool, summary: 'A tool for requirements.txt', says: ['typed'] },
      'venv',
    ],
    ['what begins as a module', { ...tool, opening: 'A python config module', says: ['described'] }, 'venv'],
    ["a tool for somebody's agent", { ...tool, summary: 'A tool for Claude' }, 'pipx'],
    ['a tool for you', { ...tool, summary: 'A tool for your things' }, 'pipx'],
    ['what calls itself a tool first', { ...tool, opening: 'It is a small tool.' }, 'pipx'],
    [
      'a toolkit for the terminal',
      { ...program, summary: 'CLI for the Thing toolkit', says: ['described'] },
      'pipx',
    ],
    [
      'what works on the models of your code',
      { ...tool, summary: 'A migration tool for an ORM', says: often },
      'venv',
    ],
    [
      "a tool for somebody's Gradio app",
      { ...tool, summary: 'A tool for Gradio apps', says: ['typed'] },
      'venv',
    ],
    [
      'a formatter whose settings others can check',
      { ...tool, says: ['typed'], groups: ['validate_pyproject.tool_schema'] },
      'pipx',
    ],
    [
      'several tools',
      { ...script, opening: '', summary: 'Tools for things', commands: ['thing'], offers: 90 },
      'venv',
    ],
    ['what says itself how pipx runs it', { groups: ['pipx.run'], commands: ['thing'] }, 'pipx'],
  ] as const)('%s', (_, change, expected) => {
    expect(recommendation(told('thing', [thing(change)]))?.id).toBe(expected);
  });

  it('what can be imported, too, is not said to be for running alone; nor recommended to whoever has its commands', () => {
    const answer = thing({ ...tool, says: ['typed', 'typed-first', 'import'] });
    const first = told('thing', [answer]);
    expect(recommendation(first)).toMatchObject({
      id: 'pipx',
      recommended: 'thing is made to be run; as an app it cannot be imported',
    });
    const there = { ...pipx, installed: ['thing'] };
    expect(recommendation(told('thing', [answer], { pipx: there }))?.id).toBe('venv');
    const only = thing({ ...tool, says: often });
    expect(recommendation(told('thing', [only], { pipx: there }))).toMatchObject({
      id: 'pipx',
      recommended: 'thing is made to be run, not imported',
    });
  });

  it('the table and the project come first', () => {
    expect(recommendation(told('thing', [thing(program)], inProject))?.id).toBe('venv');
    const flask: IndexAnswer = { kind: 'found', name: 'flask', version: '3', package: facts(program) };
    expect(recommendation(told('flask', [flask]))?.id).toBe('venv');
    const black: IndexAnswer = { kind: 'found', name: 'black', version: '24', package: facts({}) };
    expect(recommendation(told('black', [black]))?.id).toBe('pipx');
  });

  it.each([
    ['thing-cli', undefined, 'pipx'],
    ['thing-tui', { kind: 'found', name: 'thing-tui', version: '1' }, 'pipx'],
    [
      'thing-cli',
      { kind: 'found', name: 'thing-cli', version: '1', package: facts({ summary: 'A library' }) },
      'venv',
    ],
    ['speedtest-cli', undefined, 'venv'],
  ] as const)('%s is hinted at by its ending where nothing more is known', (name, answer, expected) => {
    expect(recommendation(told(name, answer === undefined ? [] : [answer]))?.id).toBe(expected);
  });

  it('what has no command is not offered to pipx, before pipx would say so', () => {
    expect(decided('pipx', told('thing', [thing({})])).unavailable).toBe('thing has no commands to run');
  });
});
