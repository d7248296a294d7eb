@NullMarked
package org.milena.archive.web.download;

import org.jspecify.annotations.NullMarked;
