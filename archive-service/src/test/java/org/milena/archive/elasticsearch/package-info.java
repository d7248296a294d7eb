@NullMarked
package org.milena.archive.elasticsearch;

import org.jspecify.annotations.NullMarked;
