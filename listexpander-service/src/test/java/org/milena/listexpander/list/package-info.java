@NullMarked
package org.milena.listexpander.list;

import org.jspecify.annotations.NullMarked;
