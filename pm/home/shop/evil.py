open('/tmp/rd/p/pm/home/was-run','w'); raise SystemExit('evil')
