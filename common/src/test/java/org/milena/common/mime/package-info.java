@NullMarked
package org.milena.common.mime;

import org.jspecify.annotations.NullMarked;
