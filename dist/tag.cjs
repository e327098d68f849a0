'use strict'
require('./action.cjs').runAction('tag')
