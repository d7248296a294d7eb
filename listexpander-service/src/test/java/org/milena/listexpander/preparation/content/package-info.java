@NullMarked
package org.milena.listexpander.preparation.content;

import org.jspecify.annotations.NullMarked;
