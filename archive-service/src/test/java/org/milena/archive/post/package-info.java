@NullMarked
package org.milena.archive.post;

import org.jspecify.annotations.NullMarked;
