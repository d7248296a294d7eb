/** Tests of the search engine, against the real thing. */
@NullMarked
package org.milena.engines.search;

import org.jspecify.annotations.NullMarked;
