@NullMarked
package org.milena.listexpander.thread;

import org.jspecify.annotations.NullMarked;
