@NullMarked
package org.milena.listexpander.removal;

import org.jspecify.annotations.NullMarked;
