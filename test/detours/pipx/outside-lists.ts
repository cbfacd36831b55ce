import type { Expectation } from '../recommendation-cases.ts';

/**
 * Application or library as others have classified it, written down before our table was looked at. Only names are taken,
 * and each verdict is its source's:
 *
 * - Homebrew (BSD-2-Clause; homebrew-core as of 2023-02): a formula that includes `Language::Python::Virtualenv`, which its
 *   guide for Python formulae keeps for applications, by the name of the archive it fetches from PyPI. Deprecated and
 *   versioned formulae are left out.
 * - pipx (MIT; tests/package_info.py as of 2026-08): what its own tests install and expect commands of.
 * - Debian 12 (Contents and Packages indexes): a project whose dist-info lies in a package python3-… is a library, in any
 *   other an application (Debian Python Policy 3.3 and 4.3). Of the libraries with a package to themselves the 150 that
 *   most packages depend on, and of the next the 130 most depended on whose package brings a command.
 *
 * Where Homebrew or pipx say application and Debian says library (poetry, sphinx, flake8 … 56 names) there is no verdict.
 *
 * Measured before the table of applications was completed from it: of what two agree on 1,403 of 1,520 right (92.3 %), of
 * what one alone says 237 of 696 (34.1 %). Every wrong answer was an application that the table did not know or did not
 * want, which got the environment. What is still answered otherwise stands below with its reason (`declined`).
 */
export const agreed: readonly Expectation[] = [
  {
    why: 'an application to two of Homebrew, pipx and Debian; its own pages name pipx, for it keeps projects',
    answers: 'pppp',
    names: 'pipenv',
    harm: 'none',
  },
  {
    why: 'an application to two of Homebrew, pipx and Debian',
    answers: 'ppvp',
    names: `ansible ansible-lint asciinema awscli b2 beets black borgbackup borgmatic bpython buku bump2version
      codespell cpplint cppman cython datasette diceware diffoscope dnstwist dnsviz doitlive dotdrop dtrx
      duplicity fdroidserver flit fortls gallery-dl gcalcli gcovr gdbgui git-review git-revise gitless
      gitlint-core glances guake howdoi httpie iredis jc jello khal khard legit lektor liquidctl litecli
      localstack mackup magic-wormhole mathlibtools mkdocs mycli nyx ocrmypdf organize-tool pelican percol pgcli
      pipx platformio pocsuite3 podman-compose pre-commit ptpython pylint pympress retext robotframework s3cmd
      s4cmd scons snakemake speedtest-cli sqlfluff sqlite-utils ssh-audit sshuttle supervisor thefuck todoman
      toot tox trash-cli twine txt2tags urlwatch vdirsyncer visidata vit vulture weasyprint xonsh yamllint
      youtube-dl yq yt-dlp`,
    harm: 'leaves the project that declares it',
  },
  {
    why: 'a library to Debian, and many packages need it',
    answers: 'vvvv',
    names: `numpy six requests pygobject pyyaml django scipy python-dateutil lxml matplotlib jinja2 packaging pillow
      click pyqt5 typing-extensions oslo-utils dbus-python importlib-metadata cryptography pandas oslo-config
      oslo-log oslo-i18n pytz oslo-serialization psutil pytest sqlalchemy flask future keystoneauth1 setuptools
      stevedore docutils urllib3 pyparsing python-keystoneclient pyopenssl astropy babel beautifulsoup4 attrs
      chardet pycairo psycopg2 python-sql prettytable biopython certifi dnspython netaddr webob colorama
      paramiko tqdm appdirs twisted xstatic iso8601 eventlet networkx oslo-concurrency simplejson pyserial
      decorator pysam python-apt distro oslo-context pyasn1 python-debian aiohttp oslo-messaging ruamel-yaml
      werkzeug oslo-db tenacity zope-interface alembic configobj osc-lib pymysql defusedxml msgpack oslo-policy
      oslo-service debtcollector importlib-resources httplib2 keystonemiddleware pexpect pyqt6
      python-neutronclient setproctitle tabulate tomli mako oslo-middleware oslo-upgradecheck ply pycryptodomex
      sympy urwid genpy pyjwt cliff idna nose pastedeploy protobuf pyzmq tempest pastescript pygame redis toml
      tornado python-swiftclient python-xlib scikit-learn testtools horizon keyring python-novaclient rich rospy
      colcon-core markupsafe netifaces openstacksdk python-cinderclient python-magic qtpy pydantic
      python-glanceclient requests-oauthlib docopt futurist html5lib osprofiler paste traitlets ament-cmake-test
      oauthlib pyudev argcomplete cachetools dulwich pyasn1-modules`,
    harm: 'import fails',
  },
  {
    why: 'a library to Debian, for all that it brings commands',
    answers: 'vvvv',
    names: `dask jsonpatch oslo-rootwrap coverage oslo-privsep python-barbicanclient qrcode sqlalchemy-migrate stem
      biom-format icalendar rosgraph watchdog autobahn gnocchiclient python-mistralclient vitrage blockdiag dill
      nibabel send2trash yaql charset-normalizer cherrypy html2text jsonpath-rw natsort pint python-ironicclient
      python-manilaclient python-monascaclient empy falcon fenics-ffc gabbi imageio pyroute2 python-muranoclient
      python-troveclient rosdistro semver torch xlrd antlr4-python3-runtime automat dkimpy fenics-ffcx httpx
      hypothesis jsonpointer os-ken oslotest pdfminer-six pkginfo pydicom pyfaidx pyramid python-debianbts
      python-dotenv python-magnumclient python-vitrageclient rsa scapy schema-salad stestr aodhclient btrfs
      debmutate dput fenics-dijitso impacket markdown-it-py pbcore pyghmi pymatgen pyorbital
      python-watcherclient qtawesome relatorio rosbag roslaunch rosmsg rostopic rosunit rtslib-fb tables
      tifffile websockify xmlschema ara av avro biomaj-user convertdate ct3 cymruwhois dateparser deepdiff
      distributed exabgp extruct filetype gtts hatchling htseq igor ipdb jsondiff livereload logilab-common
      mappy mbed-ls metomi-isodatetime mrcfile ndg-httpsclient nltk nudatus patiencediff pygrib pyro4 pysaml2
      pyscss pystache python-blazarclient python-cloudkittyclient python-freezerclient python-linux-procfs
      python-zunclient pyvisa rosclean`,
    harm: 'import fails',
  },
];

/** Applications to Homebrew or to pipx's tests alone; several call themselves a library with a command. */
export const alone: readonly Expectation[] = [
  {
    why: 'a project manager to Homebrew, whose own pages name pipx',
    answers: 'pppp',
    names: 'hatch',
    harm: 'none',
  },
  {
    why: 'an application to one of them',
    answers: 'ppvp',
    names: `airshare all-repos anime-downloader archey4 arxiv-latex-cleaner asciidoc athenacli aws-google-auth
      aws-shell aws-sso-util aws2-wrap awscurl awsebcli awslogs awsume bagit bandcamp-downloader bzt cactus ccm
      cfn-flip cfn-lint charm-tools charmcraft checkov chert ciphey cloudformation-cli cloudiscovery coala
      coconut commitizen compiledb conan copier credstash cruft crytic-compile csvtomd cyral-gimme-db-token
      darglint detect-secrets djhtml doc2dash docker-squash dooit dotbot dunamai dvc dxpy eg enex2notion
      epr-reader eralchemy esphome esptool evernote-backup fava flintrock fobis-py folderify ford fred-py-api
      gi-docgen gimme-aws-creds git-plus git-remote-codecommit git-up gns3-gui goolabs gprof2dot grip grokmirror
      grow homeassistant-cli honcho http-prompt huggingface-hub hy hyde instalooter jinja2-cli jrnl juju-wait
      jupyterlab kaggle keepkey-agent kibitzr kolibri lit livestreamer lizard mayan-edms mdv mkvtomp4 molecule
      mongo-orchestration moto mps-youtube mu-repo name-that-hash nbdime neovim-remote nicotine-plus nikola
      notifiers nvchecker oci-cli onlykey-agent osc-sdk parliament peru pferd pip-audit pip-tools pipgrip ppci
      principalmapper prosopopee pwncat pycowsay pyinstaller pyvim pywhat rbtools regipy remarshal
      reorder-python-imports restview rich-cli sailed-io salt salt-lint sceptre schemathesis search-that-hash
      shallow-backup shell-functools shyaml solc-select spoofmac sqlmap statik stormssh svtplay-dl taguette
      tarsnapper td-watson term2048 textract tox-ini-fmt trailscraper trezor-agent trzsz tvnamer twarc twtxt
      vim-vint volatility3 vpn-slice waybackpy weblate west wllvm woob xxh-xxh yamale ydcv ykdl yle-dl you-get
      zeo zest-releaser`,
    harm: 'leaves the project that declares it',
  },
];

/** What others call an application and gets the environment all the same: why, and who. */
export const declined: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'has to see the packages of the environment it works in': `pylint ptpython bpython pyinstaller pip-tools pip-audit nbdime
      jupyterlab hy coconut eralchemy snakemake west`,
    'takes its additions from beside it': 'mkdocs pelican robotframework coala darglint molecule salt',
    'calls itself a library that has a command': `cython speedtest-cli sqlite-utils weasyprint bagit crytic-compile dunamai
      dxpy fred-py-api goolabs huggingface-hub kaggle moto notifiers osc-sdk ppci regipy schemathesis textract waybackpy
      woob yamale zeo`,
    'is set up as a service, in an environment by its own guide': 'mayan-edms weblate',
    'is drawn with packages of the system': 'guake nicotine-plus',
    'is there already, where it would be recommended': 'pipx',
  }).flatMap(([why, names]) => names.split(/\s+/).map((name): [string, string] => [name, why])),
);
