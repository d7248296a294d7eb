@NullMarked
package org.milena.listexpander.web;

import org.jspecify.annotations.NullMarked;
