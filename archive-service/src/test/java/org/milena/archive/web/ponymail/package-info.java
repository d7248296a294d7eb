@NullMarked
package org.milena.archive.web.ponymail;

import org.jspecify.annotations.NullMarked;
