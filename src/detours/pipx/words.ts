/**
 * Words by which people call what they publish a program or a library, and what programs are made with.
 */

/** What a program is called. */
export const program =
  /\b(?:tool|utility|app|application|program|script|command|downloader|converter|generator|compiler|scanner|linter|formatter|viewer|explorer|manager|runner|installer|launcher|editor|game|assistant|agent|bot|server|daemon|proxy|client|monitor|dashboard|player|tracker|organi[sz]er|translator|transpiler|profiler|debugger|extractor|crawler|scraper|cleaner|finder|watcher|wizard|analy[sz]er|checker|scaffold\w*|suite|reviewer|calculator|simulator|workspace|operating system)\b/i;
/** It calls itself a program, where it begins to tell of itself. */
export const callsItselfOne =
  /\b(?:this (?:tool|program|script|app)|(?:is|are) an? (?:[\w-]+ ){0,4}?(?:tool|program|application|app|suite|utility|platform))\b/i;
/** It is for those who write with an agent, not for what they write. */
export const forAgents = /\b(?:claude|codex|cursor|copilot|gemini|coding agents?)\b/i;
/** It speaks to whoever runs it. */
export const forYou = /\byour?\b/i;
/** Where it is run, or by whom. */
export const forTheTerminal =
  /\b(?:cli|tui|command[- ]line|(?:from|in|for) (?:the|your) (?:terminal|shell)|terminal (?:ui|app|application|client|tool|user interface)|gui|desktop app|mcp server)\b/i;
/** What it does, as one is told to do it; libraries are rather called by what they are. */
export const imperative =
  /^(?:(?:easily|quickly|automatically) )?(?:analy[sz]e|archive|audit|automate|back ?up|bridge|browse|check|clean|clone|communicate|compare|convert|crop|deploy|detect|display|download|export|extract|fetch|find|fix|format|generate|get|install|keep|launch|lint|list|manage|measure|merge|monitor|move|organi[sz]e|pack|play|print|rank|record|remove|rename|replay|review|rotate|run|scaffold|scan|search|send|show|sort|spellcheck|split|spot|stream|summari[sz]e|sync\w*|tabulate|test|track|transcribe|transfer|translate|triage|turn|upgrade|upload|view|visuali[sz]e|watch)s?\b/i;

/** What programs are made with: whatever draws on a screen, or speaks to an agent. */
export const ofPrograms =
  /^(?:textual|urwid|prompt[-_]toolkit|questionary|inquirer\w*|blessed|asciimatics|simple-term-menu|pyqt\d?|pyside\d?|pygobject|wxpython|kivy|pywebview|customtkinter|pystray|pyautogui|pygame|streamlit|gradio|nicegui|flet|mcp|fastmcp)(?![\w-])/i;
/** What answers browsers. */
export const servers =
  /^(?:flask|fastapi|uvicorn|gunicorn|hypercorn|waitress|aiohttp|starlette|tornado|django)(?![\w-])/i;

/** What a library is called. */
export const library =
  /\b(?:library|libraries|sdk|bindings?|plug-?in|extension|add-?on|middleware|stubs?|type hints|module|python (?:package|client|interface|api|port)|api for|bibliothek|bibliothèque|libreria|librería|biblioteca)\b/i;
/** What is as often a library as a program. */
export const mayBeLibrary =
  /\b(?:framework|toolkit|wrapper|package (?:for|to)|integration|adapter|provider|backend)\b/i;
/** A library, where it begins to tell of itself. */
export const asLibrary =
  /\b(?:python|an?|the|this) (?:[\w-]+ ){0,4}?(?:library|sdk|framework|bindings?|wrapper|module|development kit|toolkit|python (?:package|client|interface|api))\b|\bprovides? (?:an?|the) (?:[\w-]+ ){0,3}(?:api|interface|library|module|classes|functions)\b/i;
/** What others' programs are made with. */
export const makesPrograms =
  /\b(?:creat|build|mak|writ|develop|turn)\w*\b.*\b(?:clis?|command[- ]lines?|terminal|tuis?|guis?|tools|apps|applications|bots|interfaces)\b|\b(?:cli|command[- ]line|tui|terminal|gui|web|bot|game) (?:framework|toolkit|builder)\b|\bparser\b/i;
/** It is about somebody's Python. */
export const aboutPython =
  /\b(?:(?:for|in|of|with|pure) python|python (?:code|packages|projects?|scripts?))\b/i;
/** It is for what somebody makes with a library of his own choice. */
export const forLibraries =
  /\b(?:for|with|in|of) (?:your |an? |the )?(?:django|flask|fastapi|sqlalchemy|pydantic|pandas|numpy|pytorch|tensorflow|jupyter|pytest|sphinx|kivy|langchain|langgraph|celery|scrapy|airflow|gradio|streamlit|dash|transformers|polars|xarray|ray|prefect)\b|\byour (?:django|flask|fastapi|kivy|langchain|langgraph|streamlit|celery|scrapy|airflow|dagster|qt|pyqt|pygame)\b/i;
/** It works on the models that somebody's own code declares. */
export const forModels = /\borm\b|\bsqlalchemy\b/i;
/** A collection of what is used one by one. */
export const several =
  /^(?:an? )?(?:[\w-]+ ){0,2}(?:tools|utilities|functions|helpers|classes|collection|set) (?:for|to|of)\b/i;
/** It runs somebody's tests, which import what they test. */
export const runsTests = /\btest(?:s|ing)?[ -](?:runner|framework|harness)\b|\b(?:unit|run\w*) ?tests\b/i;
