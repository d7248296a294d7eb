@NullMarked
package org.milena.archive.document;

import org.jspecify.annotations.NullMarked;
