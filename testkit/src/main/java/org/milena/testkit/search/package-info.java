/**
 * A real Elasticsearch for tests.
 *
 * <p>Why: what a search finds is decided by the server; a fake of it proves nothing.
 */
@NullMarked
package org.milena.testkit.search;

import org.jspecify.annotations.NullMarked;
