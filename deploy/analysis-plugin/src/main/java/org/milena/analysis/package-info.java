/**
 * An Elasticsearch plugin that gives the minimal server distribution its language analysis back.
 *
 * <p>Promises: the names and settings are those of Elasticsearch's own {@code analysis-common}
 * module, and mean the same there. One filter is its own, {@code milena_forms}: an index that is
 * made with it is opened nowhere else. On a cluster that has that module the plugin must not be
 * installed: the server refuses two components of one name.
 *
 * <p>Why: the distribution that can be had as a Maven artifact has Lucene's analyzers among its
 * libraries, but not the module that offers them; without them a search for "run" does not find
 * "running".
 */
@NullMarked
package org.milena.analysis;

import org.jspecify.annotations.NullMarked;
