/// The order desk: gathers what households ask of one group buy, decides it by arrival and commits it together.
@NullMarked
package io.linli.groupbuy.ordering.desk;

import org.jspecify.annotations.NullMarked;
