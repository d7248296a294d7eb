@NullMarked
package org.milena.listexpander.app;

import org.jspecify.annotations.NullMarked;
