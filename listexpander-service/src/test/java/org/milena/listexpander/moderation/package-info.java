@NullMarked
package org.milena.listexpander.moderation;

import org.jspecify.annotations.NullMarked;
