@NullMarked
package org.milena.listexpander.sentence;

import org.jspecify.annotations.NullMarked;
