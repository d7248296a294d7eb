package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What egress needs to make the copies of a delivery personal.
 *
 * @param ownTo whether each copy gets a {@code To} that names its recipient; the content has none
 * @param leavePrefix what the recipient's token is put behind to make {@link
 *     PersonalValue#LEAVE_URL}; absent where no mark asks for that
 * @param names of the recipients, in their order, empty where one has none; none at all where
 *     nobody has one
 */
public record PersonalCopies(
    boolean ownTo,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String leavePrefix,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> names) {

  @SuppressWarnings("NullAway") // absent in JSON where nobody has a name
  public PersonalCopies {
    names = names == null ? List.of() : List.copyOf(names);
  }
}
