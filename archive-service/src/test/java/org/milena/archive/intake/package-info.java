@NullMarked
package org.milena.archive.intake;

import org.jspecify.annotations.NullMarked;
