@NullMarked
package org.milena.listexpander.source;

import org.jspecify.annotations.NullMarked;
