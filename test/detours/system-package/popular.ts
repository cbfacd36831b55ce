/**
 * The projects most installed from PyPI (written down from memory of the monthly lists, most used first, 384 of them),
 * each with the package of Debian 12 that holds it. Checked one by one against the package's homepage in apt's index (it
 * names the project's own site or repository), and those without a package by a search of the index for their words.
 *
 * `name`: python3-name. `name x`: python3-x. `name =x`: x. `name -`: no package holds it.
 */
const list = `
boto3,urllib3,botocore,requests,certifi,typing-extensions,idna,charset-normalizer,setuptools,packaging,python-dateutil dateutil,s3transfer
six,pyyaml yaml,grpcio-status -,numpy,aiobotocore -,cryptography,pydantic,click,cffi,pip,s3fs -,fsspec,pycparser,attrs attr,pandas
pydantic-core -,rsa,pyasn1,jmespath,importlib-metadata,markupsafe,zipp,jinja2,pyjwt jwt,platformdirs,pytz tz,wheel,filelock,rich,colorama
googleapis-common-protos -,awscli =awscli,pyasn1-modules,protobuf,virtualenv,cachetools,google-auth,tomli,google-api-core -,h11,pluggy
sqlalchemy,pytest,wrapt,pyarrow -,aiohttp,requests-oauthlib,anyio,docutils,exceptiongroup,oauthlib,tqdm,jsonschema,multidict,yarl,scipy
pyparsing,iniconfig,greenlet,frozenlist,aiosignal,pygments,soupsieve,psutil,pillow pil,beautifulsoup4 bs4,httpx,isodate,sniffio,async-timeout
httpcore,distlib,tzdata -,openpyxl,grpcio,starlette,websocket-client websocket,lxml,proto-plus -,pyopenssl openssl,et-xmlfile,mypy-extensions
google-cloud-storage -,fastapi,msgpack,tabulate,more-itertools,annotated-types -,tenacity,deprecated,psycopg2-binary psycopg2
google-cloud-core -,flask,python-dotenv dotenv,azure-core azure,regex,google-resumable-media -,google-crc32c -,decorator,coverage,werkzeug
rpds-py -,referencing -,gitpython git,asn1crypto,uvicorn,jsonschema-specifications -,prompt-toolkit,wcwidth,scikit-learn sklearn,pathspec
smmap,gitdb,joblib,chardet,markdown-it-py markdown-it,mdurl,poetry-core,black =black,trove-classifiers,itsdangerous,msal,gunicorn,bcrypt
redis,huggingface-hub -,pynacl nacl,ruamel-yaml ruamel.yaml,networkx,threadpoolctl,google-cloud-bigquery -,ptyprocess,pexpect,cloudpickle
alembic,sqlparse,toml,dill,mccabe,pkginfo,portalocker,matplotlib,xmltodict,keyring,shellingham,jeepney,secretstorage,kiwisolver,cycler
fonttools,docker,tornado,opentelemetry-api -,langchain -,snowflake-connector-python -,cython =cython3,typer,zope-interface zope.interface
ruamel-yaml-clib ruamel.yaml.clib,azure-storage-blob azure-storage,mypy,pymysql,isort,blinker,nest-asyncio,requests-toolbelt,marshmallow
babel,types-requests typeshed,pyflakes,pycodestyle,flake8,orjson -,debugpy,ipython,traitlets,jupyter-client,jupyter-core,ipykernel,pyzmq zmq
nbformat,nbconvert,notebook,jupyterlab -,jupyter-server,jedi,parso,matplotlib-inline,stack-data,executing,asttokens,pure-eval,fastjsonschema
bleach,webencodings,tinycss2,defusedxml,mistune,jupyterlab-pygments,terminado,argon2-cffi argon2,argon2-cffi-bindings -,send2trash
prometheus-client,websockets,pickleshare,backcall,html5lib,xlsxwriter,xlrd,pyserial serial,paramiko,distro,tldextract,rfc3986,httplib2
uritemplate,google-api-python-client googleapi,google-auth-httplib2,google-auth-oauthlib,django,djangorestframework,celery,kombu,billiard
amqp,vine,click-plugins,click-repl,click-didyoumean,asgiref,aiofiles,python-multipart multipart,email-validator,dnspython,multiprocess
simplejson,ujson,lazy-object-proxy,astroid,pylint =pylint,tomlkit,nltk,torch,torchvision,tensorflow -,keras -,transformers -,tokenizers -
safetensors -,accelerate -,datasets -,xxhash,responses,pymongo,elasticsearch,pycryptodome -,pycryptodomex pycryptodome,psycopg2,psycopg,numba
llvmlite,sympy,mpmath,statsmodels,patsy,seaborn,plotly,bokeh -,dask,opencv-python opencv,imageio,scikit-image skimage,shapely,h5py,tables,ply
markdown,mako,editables -,hatchling,flit-core =flit,setuptools-scm,build,pyproject-hooks -,installer,tox =tox,nodeenv =nodeenv,identify,cfgv
pre-commit =pre-commit,ansible =ansible,ansible-core =ansible-core,httpie =httpie,yt-dlp =yt-dlp,poetry,pipenv =pipenv,pipx =pipx,uv -,ruff -
hatch -,twine =twine,readme-renderer,nh3 -,jaraco-classes jaraco.classes,docopt,termcolor,selenium,trio,outcome,sortedcontainers,wsproto
hpack,h2,hyperframe,pyspark -,py4j -,azure-identity azure,azure-common azure,msrest,oscrypto,pysocks socks,arrow,pendulum
python-slugify slugify,text-unidecode,unidecode,loguru,structlog,sentry-sdk,gevent,zope-event zope.event,ecdsa,python-jose jose,passlib
jsonpointer json-pointer,jsonpatch,jsonpath-ng -,watchdog,humanize,freezegun,hypothesis,mock,pytest-cov,pytest-mock,pytest-xdist,execnet
pytest-asyncio,pytest-timeout,faker fake-factory,factory-boy,moto -,nose,parameterized,pyinstaller -,altgraph,xmlsec,ldap3,pywin32 -
pyreadline3 -,argcomplete,colorlog,cattrs cattr,cachecontrol,crashtest,cleo,rapidfuzz -,levenshtein -,thefuzz,pyusb usb,python-magic magic
discord-py discord`;

/** The right package by project; undefined for none. */
export const popular: ReadonlyMap<string, string | undefined> = new Map(
  list
    .split(/[,\n]/)
    .filter((item) => item !== '')
    .map((item) => {
      const [name = '', other] = item.split(' ');
      if (other === '-') return [name, undefined];
      return [name, other?.startsWith('=') === true ? other.slice(1) : `python3-${other ?? name}`];
    }),
);
