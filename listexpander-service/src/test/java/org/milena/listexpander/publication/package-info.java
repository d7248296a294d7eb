@NullMarked
package org.milena.listexpander.publication;

import org.jspecify.annotations.NullMarked;
