import re
from zoneinfo import available_timezones
from bot.domain.intent import *
class PlainReader:
    def read(self, text, scene):
        t=text.lower()
        for rx,i in [(r"what'?s next|what now|next","next"),(r"progress","progress"),(r"^(hi|hello|hey)","greet"),(r"thank","thanks")]:
            if re.search(rx,t): return Understood((Intent(i),),0.9)
        return Understood((Intent("unknown"),),0.1)
class PlainPlaces:
    def zones(self,text):
        k=text.strip().lower().replace(" ","_")
        return [z for z in sorted(available_timezones()) if z.lower()==k or z.lower().split("/")[-1]==k]
