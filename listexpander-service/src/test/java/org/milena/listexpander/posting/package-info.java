@NullMarked
package org.milena.listexpander.posting;

import org.jspecify.annotations.NullMarked;
