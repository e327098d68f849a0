'use strict'
require('./action.cjs').runAction('build')
