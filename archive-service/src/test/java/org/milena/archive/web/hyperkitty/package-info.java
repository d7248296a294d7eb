@NullMarked
package org.milena.archive.web.hyperkitty;

import org.jspecify.annotations.NullMarked;
