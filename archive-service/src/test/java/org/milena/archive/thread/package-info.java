@NullMarked
package org.milena.archive.thread;

import org.jspecify.annotations.NullMarked;
