@NullMarked
package org.milena.listexpander.bounce;

import org.jspecify.annotations.NullMarked;
