/// Less came than was bought: everyone is granted anew, and money goes back.
@NullMarked
package io.linli.groupbuy.delivery;

import org.jspecify.annotations.NullMarked;
