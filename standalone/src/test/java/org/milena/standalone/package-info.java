@NullMarked
package org.milena.standalone;

import org.jspecify.annotations.NullMarked;
