#include "language/decimal.h"

static const int64_t power_of_ten[DECIMAL_MOST + 1] = {1,
                                                       10,
                                                       100,
                                                       1000,
                                                       10000,
                                                       100000,
                                                       1000000,
                                                       10000000,
                                                       100000000,
                                                       1000000000,
                                                       10000000000,
                                                       100000000000,
                                                       1000000000000,
                                                       10000000000000,
                                                       100000000000000,
                                                       1000000000000000,
                                                       10000000000000000,
                                                       100000000000000000};

double decimal_value(Decimal d)
{
    return (double)d.digits / (double)power_of_ten[d.decimals];
}

/* Numbers of both signs below 10^17 · 10^17, and what is made of two of them, fit. */
__extension__ typedef __int128 Wide;

static bool narrow(Wide digits, int decimals, Decimal *out)
{
    Wide most = power_of_ten[DECIMAL_MOST];
    if (digits >= most || digits <= -most)
        return false;
    *out = (Decimal){(int64_t)digits, decimals};
    return true;
}

/* The digits that the number has with more decimals. */
static Wide with_decimals(Decimal d, int decimals)
{
    return (Wide)d.digits * power_of_ten[decimals - d.decimals];
}

static int more_decimals(Decimal a, Decimal b)
{
    return a.decimals > b.decimals ? a.decimals : b.decimals;
}

int decimal_compare(Decimal a, Decimal b)
{
    int decimals = more_decimals(a, b);
    Wide left = with_decimals(a, decimals), right = with_decimals(b, decimals);
    return (left > right) - (left < right);
}

bool decimal_add(Decimal a, Decimal b, Decimal *out)
{
    int decimals = more_decimals(a, b);
    return narrow(with_decimals(a, decimals) + with_decimals(b, decimals), decimals, out);
}

bool decimal_shift(Decimal d, int power, Decimal *out)
{
    int decimals = d.decimals > power ? d.decimals - power : 0;
    power -= d.decimals - decimals;
    return narrow((Wide)d.digits * power_of_ten[power], decimals, out);
}
