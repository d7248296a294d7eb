@NullMarked
package org.milena.archive.web.searching;

import org.jspecify.annotations.NullMarked;
