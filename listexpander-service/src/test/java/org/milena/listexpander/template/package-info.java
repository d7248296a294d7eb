@NullMarked
package org.milena.listexpander.template;

import org.jspecify.annotations.NullMarked;
