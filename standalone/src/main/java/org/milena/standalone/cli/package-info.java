/**
 * The command that people type: {@code milena start}, and clients of the REST API for everything
 * else.
 *
 * <p>Promises: a client command knows no Spring and starts within a second; it says in one sentence
 * what went wrong and exits with 1; with {@code --json} it prints what the API answered.
 */
@NullMarked
package org.milena.standalone.cli;

import org.jspecify.annotations.NullMarked;
