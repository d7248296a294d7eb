@NullMarked
package org.milena.listexpander.source.net;

import org.jspecify.annotations.NullMarked;
