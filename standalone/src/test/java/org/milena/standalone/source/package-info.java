@NullMarked
package org.milena.standalone.source;

import org.jspecify.annotations.NullMarked;
