@NullMarked
package org.milena.archive.feed;

import org.jspecify.annotations.NullMarked;
