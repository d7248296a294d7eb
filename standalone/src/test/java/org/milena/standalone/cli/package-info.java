@NullMarked
package org.milena.standalone.cli;

import org.jspecify.annotations.NullMarked;
