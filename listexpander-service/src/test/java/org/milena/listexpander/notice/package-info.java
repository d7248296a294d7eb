@NullMarked
package org.milena.listexpander.notice;

import org.jspecify.annotations.NullMarked;
