@NullMarked
package org.milena.archive.redaction;

import org.jspecify.annotations.NullMarked;
